"""What things of the demonstration are called: all invented but the kinds of activities."""

SITES = ("东郊记忆创艺Labs红色驿站", "万谷直播电商红创基地", "“璀璨华章”红色广场")
STREAMED_AT = "https://live.example.org/demo/{}"
COMPANIES = (
    "锦屏直播", "东郊声浪文化", "万谷优选", "云上电商", "璀璨传媒", "微光互动", "青橙内容",
)  # fmt: skip
TITLES = {
    "文体": "邻里健步走", "亲子阅读": "周末绘本会", "助老": "长者手机课", "义诊": "社区义诊",
    "安全排查": "楼道安全排查", "调解": "邻里议事", "环境整治": "院落清洁日", "空间改造": "微花园共建",
    "帮困": "暖心帮扶", "邻里节庆": "和美邻居节", "主题党日": "主题党日", "干部培训": "骨干培训",
    "公益助农": "助农直播",
}  # fmt: skip
CAMPAIGNS = {
    "帮困": "微光成炬·幸福满格", "邻里节庆": "和美邻居节", "空间改造": "城视·成画社区规划节", "文体": "百姓大舞台",
    "亲子阅读": "我们的节日",
}  # fmt: skip
DUTIES = ("安全排查", "环境整治")
"""Who comes to these serves."""
