"""Generated matters → what the rooms import: each file speaks to one room's bulk door."""
