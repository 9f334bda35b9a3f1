"<b>bold</b>".html_safe
rendered.html_safe
"<b>#{h(name)}</b>"
