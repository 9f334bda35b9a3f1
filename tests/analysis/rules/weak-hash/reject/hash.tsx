const a = <p>{createHash("md5").update(props.x).digest("hex")}</p>; // HERE
