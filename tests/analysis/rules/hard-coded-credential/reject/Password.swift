let password = "k4tz3!Ba9um" // HERE
self.apiKey = "k4tz3!Ba9um" // HERE
