let password = "changeme"
let password2 = "\(first)4!k9x"
self.apiKey = load("k4tz3!Ba9um")
let title = "k4tz3!Ba9um"
