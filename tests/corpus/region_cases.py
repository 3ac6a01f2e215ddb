"""Short documents and the place they belong to; '' where none may be named. Written for the kinds of confusion, none is a seed."""

PAD = (
    "进一步完善分级诊疗制度,推动优质医疗资源扩容下沉,健全基层医疗卫生服务体系,提升群众就医获得感。"
)

# (claim, text, path of the place)
PLACED = [
    (
        "a county without its province",
        "资兴市加快推进紧密型县域医共体建设\n" + PAD + "\n资兴市卫生健康局表示,全市将持续发力。",
        "湖南省/郴州市/资兴市",
    ),
    (
        "an ambiguous district with its city",
        "长春市朝阳区推进家庭医生签约服务\n朝阳区卫生健康局召开会议," + PAD,
        "吉林省/长春市/朝阳区",
    ),
    (
        "an ambiguous district, the city in the body",
        "鼓楼区组建城市医疗集团\n近日,福州市鼓楼区卫生健康局牵头组建医疗集团,"
        + PAD
        + "鼓楼区将继续推进。",
        "福建省/福州市/鼓楼区",
    ),
    (
        "an ambiguous district proven by the site code",
        "区卫生健康局关于政协提案的答复\n李委员:\n朝阳区医联体建设情况如下,我区"
        + PAD
        + "我区卫健局将落实。\n主办单位:朝阳区人民政府 政府网站标识码1101050001",
        "北京市/朝阳区",
    ),
    (
        "an autonomous county in short",
        "景宁县深化医药卫生体制改革工作情况\n景宁县立足山区实际," + PAD,
        "浙江省/丽水市/景宁畲族自治县",
    ),
    (
        "an autonomous county in full",
        "长阳土家族自治县人民政府办公室关于印发县域医共体实施方案的通知\n各乡镇人民政府:\n" + PAD,
        "湖北省/宜昌市/长阳土家族自治县",
    ),
    (
        "an autonomous prefecture in short",
        "恩施州医保局推进支付方式改革\n恩施州" + PAD + "全州八县市同步实施。",
        "湖北省/恩施土家族苗族自治州",
    ),
    (
        "an autonomous prefecture and its county",
        "甘孜州康定市远程医疗服务工作综述\n康定市地处高原," + PAD,
        "四川省/甘孜藏族自治州/康定市",
    ),
    (
        "a banner",
        "达拉特旗卫生健康委员会2022年工作总结\n达拉特旗卫健委" + PAD,
        "内蒙古自治区/鄂尔多斯市/达拉特旗",
    ),
    (
        "a county merged away keeps its own name",
        "崇文区2008年社区卫生服务工作总结\n2008年,崇文区" + PAD + "崇文区卫生局继续推进。",
        "北京市/崇文区",
    ),
    (
        "a county that became a city, by its old name",
        "马尔康县人民政府关于2012年卫生工作的报告\n马尔康县" + PAD,
        "四川省/阿坝藏族羌族自治州/马尔康县",
    ),
    (
        "a renamed county in its new name",
        "九寨沟县人民医院医共体建设情况\n九寨沟县卫生健康局" + PAD,
        "四川省/阿坝藏族羌族自治州/九寨沟县",
    ),
    (
        "counties directly under the province",
        "仙桃市紧密型医共体改革成效显著\n仙桃市" + PAD,
        "湖北省/仙桃市",
    ),
    (
        "a district of Shanghai",
        "浦东新区卫生健康委员会关于家庭医生签约的通知\n各社区卫生服务中心:\n" + PAD,
        "上海市/浦东新区",
    ),
    (
        "a district of Chongqing, autonomous",
        "石柱土家族自治县人民医院介绍\n石柱县" + PAD + "石柱县医保局参与。",
        "重庆市/石柱土家族自治县",
    ),
    (
        "a city of the Corps",
        "石河子市深化公立医院改革\n石河子市" + PAD,
        "新疆维吾尔自治区/石河子市",
    ),
    (
        "a word that is a city, with its suffix",
        "合作市藏医院加入医联体\n甘肃省合作市" + PAD,
        "甘肃省/甘南藏族自治州/合作市",
    ),
    (
        "a city named like a word",
        "东方市人民政府办公室关于深化医改的实施意见\n东方市" + PAD,
        "海南省/东方市",
    ),
    (
        "Jilin city is not only the province",
        "吉林市昌邑区开展家庭医生签约\n吉林市昌邑区" + PAD,
        "吉林省/吉林市/昌邑区",
    ),
    (
        "Hainan prefecture is in Qinghai",
        "海南州人民医院牵头组建医联体\n青海省海南藏族自治州" + PAD + "海南州卫健委要求。",
        "青海省/海南藏族自治州",
    ),
    (
        "Hainan district is in Wuhai",
        "乌海市海南区卫健委召开会议\n海南区" + PAD,
        "内蒙古自治区/乌海市/海南区",
    ),
    (
        "a paper of another city printed it",
        "云南省深化医改取得新进展\n来源:北京日报 2023-05-01\n云南省卫生健康委介绍,"
        + PAD
        + "全省16个州市同步推进,昆明市、曲靖市先行。",
        "云南省",
    ),
    (
        "a dateline is not the subject",
        "贵州推进医保支付方式改革\n新华社北京5月3日电 记者从贵州省医保局获悉,"
        + PAD
        + "贵州全省落实。",
        "贵州省",
    ),
    (
        "experts from Shanghai come to a county",
        "上海专家来盂县义诊\n近日,盂县人民医院邀请上海专家来院义诊,盂县卫生健康和体育局局长参加。"
        + PAD
        + "盂县将长期合作。",
        "山西省/阳泉市/盂县",
    ),
    (
        "the experience of Sanming is borrowed",
        "六安市学习三明医改经验推进三医联动\n六安市学习借鉴三明经验,"
        + PAD
        + "三明医改做法在我市落地,全市推进。",
        "安徽省/六安市",
    ),
    (
        "a province transmits a national paper",
        "江西省人民政府办公厅转发国家卫生健康委关于医联体建设指导意见的通知\n各市、县(区)人民政府,省政府各部门:\n"
        + PAD,
        "江西省",
    ),
    (
        "the issuer, not the recipient, gives the place",
        "四川省卫生健康委员会关于同意广元市中心医院设置区域医疗中心的批复\n广元市卫生健康委员会:\n你委请示收悉。"
        + PAD,
        "四川省",
    ),
    (
        "a prefecture carries out a plan of its province",
        "阜阳市贯彻落实安徽省深化医改重点任务实施方案\n根据安徽省人民政府要求,阜阳市"
        + PAD
        + "全市各县市区落实,安徽省卫健委指导。",
        "安徽省/阜阳市",
    ),
    (
        "counties listed, the prefecture's plan",
        "玉林市推进县域医共体建设\n玉林市在容县、陆川县、博白县、北流市同步推进。"
        + PAD
        + "全市住院率提高。",
        "广西壮族自治区/玉林市",
    ),
    (
        "many prefectures, one province",
        "河南各地推进医联体建设\n郑州、洛阳、开封、新乡、许昌等地"
        + PAD
        + "河南省卫生健康委提出,全省推开。",
        "河南省",
    ),
    (
        "without a title, its own words and its stem",
        "目前,我区已组建两个医联体,利州区第一人民医院牵头。我区将" + PAD + "利州人民健康得到保障。",
        "四川省/广元市/利州区",
    ),
    ("Shaanxi is not Shanxi", "陕西省神木市全民免费医疗情况\n神木市" + PAD, "陕西省/榆林市/神木市"),
    (
        "traditional script",
        "營口市深化醫藥衛生體制改革\n營口市衛生健康委表示,全市將推進醫共體建設,完善分級診療制度。",
        "辽宁省/营口市",
    ),
    (
        "the same name as city and district",
        "辽宁省朝阳市建平县中医院组建医共体\n建平县" + PAD,
        "辽宁省/朝阳市/建平县",
    ),
    (
        "an urban district of generic name",
        "阳泉市矿区卫生健康和体育局工作总结\n矿区卫体局" + PAD + "全区推进。",
        "山西省/阳泉市/矿区",
    ),
    (
        "a township of a county",
        "汶川县映秀镇中心卫生院工作情况\n映秀镇中心卫生院" + PAD,
        "四川省/阿坝藏族羌族自治州/汶川县",
    ),
    (
        "a hospital helps from Beijing",
        "北京协和医院对口支援普洱市景东县\n景东彝族自治县人民医院迎来北京协和医院专家。景东县卫健局介绍,普洱市"
        + PAD
        + "景东县将深化合作。",
        "云南省/普洱市/景东彝族自治县",
    ),
    (
        "a report to the people's congress",
        "政府工作报告\n——2023年1月5日在平江县第十八届人民代表大会第二次会议上\n平江县人民政府县长\n各位代表:\n现在,我代表县人民政府向大会报告工作。"
        + PAD
        + "全县医共体建设成效明显。",
        "湖南省/岳阳市/平江县",
    ),
    (
        "Tibet by its short name",
        "西藏昌都市卡若区推进医共体\n昌都市卡若区卫健委" + PAD,
        "西藏自治区/昌都市/卡若区",
    ),
    (
        "a study of one county",
        "新农合需方支付方式改革研究——以湖南省蓝山县为例,本文关键词为:蓝山县论文。\n新农合制度建立于2003年,福建省两个县和山东、宁夏6个县有入户调查数据。",
        "湖南省/永州市/蓝山县",
    ),
    (
        "a model county visited by all",
        "德清县:县域医共体改革让群众在家门口看好病\n2021-05-12 来源:浙江日报 记者 王某\n德清自2017年起将全县3家县级医院整合。国家卫生健康委在德清召开现场会,全国各地前来考察。",
        "浙江省/湖州市/德清县",
    ),
    (
        "a group named after its district",
        "罗湖医院集团:从治病到健康\n2015年8月,罗湖区成立医院集团,深圳市罗湖区人民医院等5家医院。罗湖区委区政府出台政策,全区居民受益。",
        "广东省/深圳市/罗湖区",
    ),
    (
        "a hospital that signs with one of another city",
        "密山市人民医院与哈医大一院签约合作\n近日,密山市人民医院与哈尔滨医科大学附属第一医院签订医联体协议。密山市政府副市长出席。",
        "黑龙江省/鸡西市/密山市",
    ),
    (
        "two districts of one name",
        "长安区卫生健康局2021年工作总结\n长安区卫健局在区委区政府领导下,在西安市卫健委指导下,推进医改。我区各项工作良好。",
        "陕西省/西安市/长安区",
    ),
    (
        "an old prefecture",
        "宜春地区卫生工作回顾\n1998年,宜春地区行署" + PAD + "宜春地区医院参加。",
        "江西省/宜春地区",
    ),
    (
        "a county written out once, the only place of the page",
        "医共体让群众就医更便利\n“真是太方便了。”近日,家住江西省上栗县的老人在家门口得到救治。" + PAD,
        "江西省/萍乡市/上栗县",
    ),
]
UNPLACED = [
    (
        "an example written out in a text about the country",
        "医共体让群众就医更便利\n国家推动医共体建设,全国各地积极探索。近日,家住江西省上栗县的老人在家门口得到救治。我国"
        + PAD,
    ),
    (
        "two places written out",
        "医共体让群众就医更便利\n近日,家住江西省上栗县的老人得到救治。湖南省蓝山县的老人也得到救治。"
        + PAD,
    ),
    (
        "the place of a visit written out",
        "医共体让群众就医更便利\n近日,考察组赴江西省上栗县交流。" + PAD,
    ),
    (
        "a national plan",
        "国务院办公厅关于推进医疗联合体建设和发展的指导意见\n国办发〔2017〕32号\n各省、自治区、直辖市人民政府,国务院各部委、各直属机构:\n"
        + PAD,
    ),
    (
        "a national plan that names pilots",
        "关于开展紧密型县域医共体试点的通知\n各省、自治区、直辖市卫生健康委:\n在山西省、浙江省和安徽省、福建省三明市开展试点,"
        + PAD,
    ),
    (
        "an ambiguous district alone",
        "朝阳区卫生健康局推进医联体建设\n朝阳区卫生健康局召开会议," + PAD + "我区将继续推进。",
    ),
    (
        "another ambiguous district alone",
        "鼓楼区家庭医生签约服务情况\n我区" + PAD + "鼓楼区卫健局牵头。",
    ),
    ("no place at all", "全面推进健康中国建设\n我国" + PAD + "国家卫生健康委将继续指导。"),
    ("only its own words", "区卫生健康局工作总结\n我区" + PAD + "区卫健局将继续推进,全区落实。"),
    (
        "the experience of one city in a national essay",
        "公立医院改革的路径思考\n我国公立医院改革进入深水区,国家层面不断完善制度。"
        + PAD
        + "福建三明的经验表明,三医联动是关键。全国各地可结合实际推广,国家将加强指导。",
    ),
    (
        "a survey of many provinces",
        "全国医联体建设进展综述\n北京、上海、广东、浙江、四川、湖北、山东等地先后出台方案。"
        + PAD
        + "广东深圳罗湖、安徽天长、浙江德清形成经验,全国推广。",
    ),
    ("a paper printed in a city", "什么是分级诊疗\n来源:北京青年报\n" + PAD + "我国将继续推进。"),
    (
        "a licence is no region",
        "医保支付方式改革有哪些内容\n"
        + PAD
        + "\n版权所有 京ICP备05070218号 京公网安备11010502030143号",
    ),
    (
        "words that look like places",
        "和平发展与合作互助\n坚持开放合作,整合资源,前进中解决问题,通道畅通,平安健康富裕,振兴中医药。"
        + PAD,
    ),
    (
        "a ministry's notice",
        "国家医疗保障局关于印发DRG付费技术规范的通知\n各省、自治区、直辖市及新疆生产建设兵团医疗保障局:\n"
        + PAD,
    ),
    (
        "a medical text",
        "高血压患者的饮食管理\n高血压是常见慢性病,患者应当控制盐的摄入。北京协和医院专家表示,定期随访十分重要。",
    ),
    (
        "two provinces alike",
        "川渝两地推进医疗合作\n四川省与重庆市卫生健康委签署协议,四川、重庆两地" + PAD,
    ),
    (
        "a caption beside a national report",
        "4月17日,朝阳区托育中心内的儿童在玩耍。近年来,北京市朝阳区大力发展托育。中评社北京8月20日电/根据国家卫生健康委通知,各地要立足实际,提升签约服务。\n这些措施主要包括:提高签约服务可及性。",
    ),
    (
        "a template that cites a province",
        "签约服务实施方案集合(精选3篇)\n为贯彻落实国家卫计委《指导意见》及江西省卫生厅《江西省乡村试点实施意见》的要求,推动全县工作,特制订本方案。",
    ),
    (
        "a new district of no city",
        "新区医院揭牌\n新区人民医院今天正式揭牌,区委书记出席。我区医疗水平再上台阶。",
    ),
    (
        "a speech given in a province",
        "学习贯彻考察福建重要讲话精神\n领导人在福建考察时强调,要继续深化医药卫生体制改革。国家卫生健康委党组召开会议学习。"
        + PAD,
    ),
    (
        "a list of pilot cities",
        "DRG付费试点城市名单公布\n北京市、天津市、河北省邯郸市、山西省临汾市、辽宁省沈阳市、吉林省吉林市、上海市。国家医保局将指导。",
    ),
    (
        "the place of a congress",
        "关于召开全国医改论坛的通知\n各有关单位:\n论坛定于5月8日在杭州市召开,地点:浙江省杭州市西湖区某酒店。请各单位参加。中国医院协会",
    ),
    (
        "a city as the place of a conference only",
        "中国医院协会年会召开\n5月8日,中国医院协会年会在杭州召开,来自全国的专家参会,国家卫生健康委领导出席。"
        + PAD
        + "我国医院管理水平不断提高。",
    ),
]
