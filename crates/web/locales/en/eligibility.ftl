panel-title = What this family may get
panel-meets = { $count } meet the rules or may qualify
panel-unknown = { $count } cannot tell yet
panel-no = { $count } not for this family
