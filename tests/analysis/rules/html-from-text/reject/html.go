package main

func view(name string) {
	x := template.HTML("<b>" + name + "</b>") // HERE
}
