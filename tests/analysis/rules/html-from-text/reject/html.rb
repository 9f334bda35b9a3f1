raw("<b>#{name}</b>") # HERE
"<b>#{name}</b>".html_safe # HERE
