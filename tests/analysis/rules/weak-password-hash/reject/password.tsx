const digest = <p>{createHash("md5").update(props.password).digest("hex")}</p>; // HERE
