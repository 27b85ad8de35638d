"""Work orders [工单]: who must do what by when.

One incident is split [回来再分家] into an order for the lead agency and one for each assisting
agency, each with its own clock. The resident keeps one thread with one code and never learns
the organisation chart. Words: lead 主办, assist 协办, return 退单, urge 督办, answer 答复.
"""
