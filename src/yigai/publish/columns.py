"""The codebook of the published tables: what each table and each column holds, in both languages."""

from __future__ import annotations

from yigai.publish.words import Pair

#: Tables in reading order: the stage that made them and what one row is.
TABLES: dict[str, Pair] = {
    "documents": Pair("one row per document: identity and card, each field with its evidence", "每行一份文档：身份与著录信息，每个字段附证据"),
    "edits": Pair("one row per change from the raw page to the clean text", "每行一处清洗改动"),
    "sentences": Pair("one row per sentence, with its place in the clean and the raw text", "每行一个句子及其在净文与原文中的位置"),
    "topics": Pair("one row per topic", "每行一个主题"),
    "passage_topics": Pair("one row per passage: the topic nearest to it", "每行一个段落及其主题"),
    "codes": Pair("one row per sentence: reform dimensions, instruments, status", "每行一个句子：改革维度、政策工具、状态"),
    "indicators": Pair("one row per number promised, ruled or reported", "每行一个承诺、规定或报告的数字"),
    "duties": Pair("one row per task and responsible unit", "每行一项任务与责任单位"),
    "timeline": Pair("one row per dated event or deadline", "每行一个有日期的事件或期限"),
    "programmes": Pair("one row per named programme or slogan", "每行一个项目名称或提法"),
    "institutions": Pair("one row per institution named, with its network and role", "每行一个机构及其所属网络与角色"),
    "checks": Pair("one row per sum or list that the text itself announces, compared with what it lists", "每行一项文本自述数目与所列内容的核对"),
    "synopses": Pair("one row per line of a case's synopsis", "每行一条案例提要"),
    "matrix": Pair("one row per dimension, document and quote", "每行一个维度、文档与引文"),
    "keyness": Pair("one row per region and term that sets it apart", "每行一个地区特征词"),
    "gate": Pair("one row per check of comparability", "每行一项可比性检查"),
    "sensitivity": Pair("one row per setting and conclusion: what the conclusion is in that setting", "每行一个设定与结论：该设定下的结论"),
    "conclusions": Pair("one row per conclusion: in how many settings it holds", "每行一个结论：在多少设定下成立"),
    "changes": Pair("one row per difference from the earlier run", "每行一处与上次运行的不同"),
    "rejected": Pair("one row per file that was not used, and why", "每行一个未采用的文件及原因"),
}

#: Columns by name; a column means the same in every table.
COLUMNS: dict[str, tuple[Pair, Pair]] = {
    "doc": (Pair("document", "文档"), Pair("stem of the input file", "输入文件名（无扩展名）")),
    "file": (Pair("file", "文件"), Pair("name of the input file", "输入文件名")),
    "sha256": (Pair("SHA-256", "SHA-256"), Pair("checksum of the input bytes", "输入字节的校验和")),
    "title": (Pair("title", "标题"), Pair("title as printed on the page, cleaned", "页面标题（已清洗）")),
    "publisher": (Pair("publisher", "发布机构"), Pair("who put the page out", "发布者")),
    "genre": (Pair("genre", "体裁"), Pair("plan, notice, reply, news, …", "规划、通知、复函、新闻等")),
    "level": (Pair("level", "层级"), Pair("administrative level the text speaks for", "文本所代表的行政层级")),
    "province": (Pair("province", "省"), Pair("province of the case", "所属省份")),
    "city": (Pair("prefecture", "地市"), Pair("prefecture-level unit", "地级行政区")),
    "county": (Pair("county", "县区"), Pair("county-level unit", "县级行政区")),
    "adcode": (Pair("administrative code", "行政区划代码"), Pair("GB/T 2260 code", "GB/T 2260 代码")),
    "published": (Pair("published", "发布日期"), Pair("date the page was put out", "页面发布日期")),
    "issued": (Pair("issued", "成文日期"), Pair("date the document was issued", "文件成文日期")),
    "doc_no": (Pair("document number", "文号"), Pair("official number of the document", "发文字号")),
    "chars_raw": (Pair("characters, raw", "原文字数"), Pair("characters of the raw page", "原始页面字符数")),
    "chars_clean": (Pair("characters, clean", "净文字数"), Pair("characters of the clean text", "净文字符数")),
    "flags": (Pair("flags", "标记"), Pair("doubts left on the document", "文档遗留疑点")),
    "start": (Pair("start", "起"), Pair("first character, counted from 0; in the raw page for edits, else in the clean text", "起始字符位置（自0起；改动表指原文，其余指净文）")),
    "end": (Pair("end", "止"), Pair("one past the last character", "结束位置（不含）")),
    "raw_start": (Pair("raw start", "原文起"), Pair("first character in the raw page", "原文起始位置")),
    "raw_end": (Pair("raw end", "原文止"), Pair("one past the last character in the raw page", "原文结束位置")),
    "before": (Pair("before", "改前"), Pair("what the raw page says", "原文文字")),
    "after": (Pair("after", "改后"), Pair("what the clean text says", "净文文字")),
    "kind": (Pair("kind", "类别"), Pair("kind of dirt, or kind of sentence", "污染类别或句子类别")),
    "rule": (Pair("rule", "规则"), Pair("rule that made the change", "所用规则")),
    "confidence": (Pair("confidence", "置信度"), Pair("0 to 1", "0 到 1")),
    "applied": (Pair("applied", "已应用"), Pair("true when the change was made", "是否已改动")),
    "evidence": (Pair("evidence", "依据"), Pair("why the rule fired", "规则触发依据")),
    "passage": (Pair("passage", "段落"), Pair("number of the passage in the document", "段落序号")),
    "sentence": (Pair("sentence", "句子"), Pair("number of the sentence", "句子序号")),
    "heading_path": (Pair("under heading", "所属标题"), Pair("headings above the sentence", "上级标题路径")),
    "text": (Pair("text", "文本"), Pair("the clean words", "净文文字")),
    "topic": (Pair("topic", "主题"), Pair("number of the topic, by size", "主题序号（按大小）")),
    "size": (Pair("passages", "段落数"), Pair("passages in the topic", "主题包含段落数")),
    "label": (Pair("label", "标签"), Pair("leading terms", "主题标签")),
    "terms": (Pair("terms", "特征词"), Pair("terms by weight", "按权重排列的词")),
    "stability": (Pair("stability", "稳定性"), Pair("how often the topic comes back on resampled passages, 0 to 1", "重抽样后主题重现程度，0 到 1")),
    "documents": (Pair("documents", "文档数"), Pair("documents it appears in", "出现的文档数")),
    "verdict": (Pair("verdict", "判断"), Pair("whether the topic may be interpreted", "主题可否解读")),
    "similarity": (Pair("similarity", "相似度"), Pair("cosine, 0 to 1", "余弦相似度，0 到 1")),
    "dimensions": (Pair("dimensions", "维度"), Pair("reform dimensions of the codebook", "编码手册中的改革维度")),
    "instruments": (Pair("instruments", "政策工具"), Pair("policy instruments of the codebook", "编码手册中的政策工具")),
    "status": (Pair("status", "状态"), Pair("achieved, rule, target, plan or background", "已实现、规定、目标、计划或背景")),
    "hedge": (Pair("hedge", "缓和语"), Pair("words that weaken the claim", "弱化表述的词")),
    "cues": (Pair("cues", "线索词"), Pair("words that fired the code", "触发编码的词")),
    "subject": (Pair("subject", "主体"), Pair("whom the number speaks of", "数字所属主体")),
    "indicator": (Pair("indicator", "指标"), Pair("what is counted", "所计之事")),
    "comparator": (Pair("comparator", "比较符"), Pair("= exactly, >= at least, <= at most, ~ about", "= 等于，>= 不低于，<= 不高于，~ 约")),
    "value": (Pair("value", "数值"), Pair("the number", "数值")),
    "value_max": (Pair("upper value", "上限"), Pair("upper end of a range", "区间上限")),
    "unit": (Pair("unit", "单位"), Pair("unit of the number; in duties, the responsible unit", "计量单位；任务表中为责任单位")),
    "when": (Pair("when", "时间"), Pair("year or date the statement is about", "所指年份或日期")),
    "quote": (Pair("quote", "引文"), Pair("words of the clean text", "净文原句")),
    "context": (Pair("context", "上下文"), Pair("sentence around the quote", "引文所在句子")),
    "task_path": (Pair("under", "所属任务"), Pair("headings above the task", "上级任务")),
    "task": (Pair("task", "任务"), Pair("what is to be done", "任务内容")),
    "role": (Pair("role", "角色"), Pair("lead, co-lead, support or member", "牵头、共同牵头、配合或成员")),
    "name": (Pair("name", "名称"), Pair("name as printed", "名称")),
    "expanded": (Pair("expanded", "展开"), Pair("whether the text says what the name stands for", "文本是否解释该提法")),
    "expansion": (Pair("stands for", "含义"), Pair("parts of the programme as listed", "所列内容")),
    "dimension": (Pair("dimension", "维度"), Pair("reform dimension of the codebook", "改革维度")),
    "region": (Pair("region", "地区"), Pair("region of the document", "文档所属地区")),
    "statement": (Pair("statement", "陈述"), Pair("what the quote says on the dimension", "引文就该维度所述")),
    "term": (Pair("term", "词"), Pair("the word", "词")),
    "log_odds": (Pair("log-odds", "对数几率比"), Pair("weighted log-odds against the other regions, informative Dirichlet prior", "相对其他地区的加权对数几率比")),
    "low": (Pair("low", "下限"), Pair("lower end of the 95 % interval", "95% 区间下限")),
    "high": (Pair("high", "上限"), Pair("upper end of the 95 % interval", "95% 区间上限")),
    "z": (Pair("z", "z 值"), Pair("log-odds over its standard error", "对数几率比除以标准误")),
    "q": (Pair("q", "q 值"), Pair("false discovery rate", "错误发现率")),
    "count": (Pair("count", "次数"), Pair("times the term occurs in the region", "词在该地区出现次数")),
    "one_document": (Pair("one document only", "仅一份文档"), Pair("true when a single document carries the term", "是否仅由一份文档贡献")),
    "year": (Pair("year", "年份"), Pair("year of the document", "文档年份")),
    "encoding": (Pair("encoding", "编码"), Pair("encoding of the input bytes", "输入文件的字符编码")),
    "repost_of": (Pair("repost of", "转载自"), Pair("document that this page repeats", "所重复的文档")),
    "family": (Pair("family", "指标族"), Pair("family of indicators that count the same", "同类指标族")),
    "normalised": (Pair("normalised", "规范名称"), Pair("name of the indicator within its family", "指标的规范名称")),
    "comparable": (Pair("comparable", "可比性"), Pair("with which other figures it may be compared, or why not", "可与哪些数字比较，或为何不可比")),
    "class": (Pair("class", "类别"), Pair("hard: printed as a number; derived, date or anecdote", "原文数字、推算、日期或轶事")),
    "dated": (Pair("dated by", "日期依据"), Pair("where the date comes from: the words or the document", "日期出自原句还是文档")),
    "announced": (Pair("announced", "自述数"), Pair("number that the text announces", "文本自述的数目")),
    "found": (Pair("found", "实列数"), Pair("number that the text lists", "文本实际所列数目")),
    "network": (Pair("network", "所属网络"), Pair("alliance or community the institution belongs to", "机构所属医联体或医共体")),
    "entry": (Pair("entry", "条目"), Pair("line of the synopsis", "提要条目")),
    "nearest": (Pair("nearest passages", "最近段落"), Pair("passages nearest to the topic, by their number in the run", "与主题最近的段落序号")),
    "p": (Pair("p", "p 值"), Pair("two-sided p value", "双侧 p 值")),
    "g2": (Pair("G²", "G²"), Pair("log-likelihood ratio (Dunning 1993)", "对数似然比（Dunning 1993）")),
    "dispersion": (Pair("dispersion", "分布度"), Pair("evenness over documents, 0 to 1", "在各文档中的均匀程度，0 到 1")),
    "documents_rest": (Pair("documents elsewhere", "其他地区文档数"), Pair("documents of other regions that use the term", "使用该词的其他地区文档数")),
    "count_rest": (Pair("count elsewhere", "其他地区次数"), Pair("times the term occurs in other regions", "词在其他地区出现次数")),
    "tokens": (Pair("tokens", "词数"), Pair("tokens of the region", "该地区总词数")),
    "tokens_rest": (Pair("tokens elsewhere", "其他地区词数"), Pair("tokens of the other regions", "其他地区总词数")),
    "prior": (Pair("prior", "先验"), Pair("prior count of the term", "该词的先验计数")),
    "prior_total": (Pair("prior, total", "先验合计"), Pair("prior counts of all terms", "先验计数合计")),
    "eligible": (Pair("eligible", "可解读"), Pair("true when enough documents carry the term", "文档数足够时为真")),
    "reason": (Pair("reason", "原因"), Pair("why the file was not used", "未采用原因")),
    "remedy": (Pair("remedy", "处理办法"), Pair("what to do about it", "处理办法")),
    "check": (Pair("check", "检查项"), Pair("what was checked", "检查内容")),
    "finding": (Pair("finding", "结果"), Pair("what was found", "检查结果")),
    "severity": (Pair("severity", "程度"), Pair("how far it limits a comparison", "对比较的限制程度")),
    "detail": (Pair("detail", "详情"), Pair("numbers behind the finding", "结果依据")),
    "entry_zh": (Pair("entry (Chinese)", "条目（中文）"), Pair("line of the synopsis in Chinese", "提要条目的中文名")),
    "statement_zh": (Pair("statement (Chinese)", "陈述（中文）"), Pair("the statement in Chinese words", "中文表述的陈述")),
    "factor": (Pair("factor", "因素"), Pair("what was varied", "所变动的因素")),
    "setting": (Pair("setting", "设定"), Pair("how it was set", "如何设定")),
    "conclusion": (Pair("conclusion", "结论"), Pair("what is concluded", "所得结论")),
    "baseline": (Pair("baseline", "基准"), Pair("the conclusion in the default setting", "默认设定下的结论")),
    "holds": (Pair("holds", "成立"), Pair("true when the conclusion is that of the baseline", "与基准一致时为真")),
    "held": (Pair("held", "成立次数"), Pair("settings in which the conclusion holds", "结论成立的设定数")),
    "of": (Pair("of", "共"), Pair("settings in which it could be drawn", "可得出该结论的设定数")),
    "turned_by": (Pair("turned by", "被何改变"), Pair("settings that turn the conclusion", "使结论改变的设定")),
    "what": (Pair("what", "事项"), Pair("what happens then; in changes, the kind of difference", "事项；变化表中为差异类别")),
    "item": (Pair("item", "项目"), Pair("the document, topic, check or statement that differs", "有差异的文档、主题、检查或陈述")),
    "jaccard": (Pair("Jaccard", "Jaccard 系数"), Pair("likeness of matched topics, 0 to 1", "对应主题的相似度，0 到 1")),
    "case": (Pair("case", "案例"), Pair("place and year", "地点与年份")),
    "hub": (Pair("network or hub", "网络或中心机构"), Pair("what the institution belongs to or is tied to", "机构所属或所联结者")),
    "institution": (Pair("institution", "机构"), Pair("name as printed", "名称")),
    "benchmark": (Pair("national figure", "国家数字"), Pair("the figure of a parent document", "上级文件中的数字")),
    "benchmark_when": (Pair("national: when", "国家：时间"), Pair("year of the national figure", "国家数字的年份")),
    "benchmark_status": (Pair("national: status", "国家：状态"), Pair("status of the national figure", "国家数字的状态")),
    "benchmark_verdict": (Pair("national: verdict", "国家：判断"), Pair("whether the two may be set side by side", "两者可否并列")),
    "benchmark_quote": (Pair("national: quote", "国家：引文"), Pair("words of the parent document", "上级文件原句")),
    **{
        name: (Pair(name.replace("_", " "), chinese), Pair("", ""))
        for name, chinese in (
            ("furniture", "页面框架"), ("flagged", "存疑"), ("refused", "不改"), ("pinyin notes", "注音"), ("half-width marks", "半角标点"),
            ("unread slips", "未修错码"), ("odd spaces", "异常空格"), ("left", "左文"), ("right", "右文"), ("edits", "改动"), ("judged", "已判"),
            ("wrong", "判错"), ("variant", "设定"), ("a", "甲"), ("b", "乙"), ("clean", "净文"), ("cosine", "余弦"), ("change", "变化"),
            ("force", "效力"), ("step", "级"), ("hits", "次数"), ("share", "占比"), ("demand", "需求型"), ("environment", "环境型"),
            ("supply", "供给型"), ("one", "其一"), ("other", "其二"), ("tasks", "任务数"), ("topics", "主题数"), ("rand", "兰德指数"),
            ("stable_topics", "稳定主题数"), ("coherence", "连贯性"), ("exclusivity", "专属性"), ("plateau", "并列最优"), ("chosen", "所选"),
            ("rank", "名次"), ("low_documents", "下限（按文档）"), ("high_documents", "上限（按文档）"), ("quotes", "引文"), ("n", "数目"),
            ("instrument", "工具"), ("small", "过少"), ("words", "词"), ("together", "共现"), ("units_a", "甲的单元"), ("units_b", "乙的单元"),
            ("ochiai", "Ochiai 系数"), ("overlap", "重合"), ("parent_quote", "上级文件引文"), ("sentences", "句数"), ("check_name", "检查"),
            ("body sentences", "正文句数"), ("uncoded", "未编码"), ("label_zh", "标签（中文）"),
        )
    },
}


def heading(column: str) -> Pair:
    """The heading of a column; an unknown one is its own name, an ``_evidence`` column says so.

    >>> heading("quote").zh, heading("title_evidence").en, heading("新列").en
    ('引文', 'title: evidence', '新列')
    """
    if column in COLUMNS:
        return COLUMNS[column][0]
    stem = column.removesuffix("_evidence")
    if stem != column and stem in COLUMNS:
        field = COLUMNS[stem][0]
        return Pair(f"{field.en}: evidence", f"{field.zh}：依据")
    return Pair(column, column)


def meaning(column: str) -> Pair:
    """What a column holds; empty for a column the codebook does not know."""
    if column in COLUMNS:
        return COLUMNS[column][1]
    if column.endswith("_evidence"):
        return Pair("words of the raw page the field was read from", "该字段所据原文")
    return Pair("", "")
