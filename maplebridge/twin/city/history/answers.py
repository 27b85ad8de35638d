"""What agencies wrote when they were done, in the words of a notice to a resident."""

from __future__ import annotations

OTHERWISE = "已安排人员到场核实处理，情况已办结。"
ANSWERS = {
    "PSB": "民警已到场处置，现场秩序已恢复，后续事项已向当事人说明。",
    "PSB-TP": "交警已到场处理，道路已恢复通行，责任认定结果另行告知。",
    "PSB-AF": "反诈中心已启动止付，资金流向正在核查，进展会电话告知。",
    "PSB-HH": "户籍窗口已答复所需材料和办理时间，可到就近联勤警务站受理。",
    "PSB-EE": "出入境窗口已答复办理条件，预约时间已短信告知。",
    "PSB-INSP": "督察部门已调取记录并听取双方陈述，核查结果已书面答复。",
    "FIRE": "消防人员已到场处置，险情已排除，隐患整改要求已书面送达。",
    "HRSS": "劳动监察已约谈用人单位，欠付款项的支付日期已书面确认。",
    "AMR": "市场监管人员已现场检查并责令改正，调解结果已告知双方。",
    "UMLE": "执法队员已到场劝导并清理，占用的通道已恢复，三日内复查。",
    "HCD": "已督促物业和施工单位限期整改，完成后由社区复核。",
    "GAS": "燃气人员已到场检测，泄漏点已更换，复测合格。",
    "EEB": "已现场监测并要求整改，监测数据和整改期限已告知。",
    "HEALTH": "急救人员已到场救治，后续由接诊医院联系家属。",
    "EDU": "学校已说明情况并联系家长，后续安排已告知。",
    "WATER": "抢修人员已到场疏通修复，供水排水已恢复正常。",
    "POWER": "供电抢修已完成，线路已复电并检查安全。",
    "TRANSPORT": "已通报运营单位整改，班次调整已对外公布。",
    "CIVIL": "民政人员已联系家属并落实照护安排。",
    "COMM": "社区已上门了解情况，双方已沟通，网格员继续跟进。",
    "JUST": "人民调解员已组织双方协商，意见已记录，约定再次沟通的时间。",
    "STATION": "警务站已当面答复，相关指引已提供。",
    "AGRI": "渔政人员已到场检查，涉事渔具已依法处理。",
}
RETURNS = (
    "该设施不在本单位管养范围，按事权清单应由{to}办理。",
    "不属于本单位法定职责，依据三定方案应由{to}牵头。",
)

# What volunteers are asked about now: (subtype, words with the address).
ASKING = (
    ("missing_elder", "{}门口坐着一位老奶奶，说不清自己住哪里，想请人来陪一陪。"),
    ("person_in_distress", "{}旁边有位年轻人蹲在地上哭，不肯说话，能不能来个人看看。"),
)

# What somebody complains about at this moment.
COMPLAINT = "昨天去窗口办事，值班民警说话很不耐烦，让我改天再来也不说原因，我要投诉。"
# The alarm that stands at this moment: kind, words.
ALARM = ("quarrel", "门岗旁两名员工争吵推搡，已把双方分开，情绪还比较激动。")


def answer_of(agency: str) -> str:
    """What a resident reads when this agency is done."""
    return ANSWERS.get(agency, OTHERWISE)


def return_reason(to: str) -> str:
    """Why a matter is sent back: the rule, and the agency that is competent."""
    return RETURNS[0].format(to=to)
