package main

func dial() {
	config := &ssh.ClientConfig{HostKeyCallback: ssh.InsecureIgnoreHostKey()} // HERE
}
