const a = <p>{createHash("sha256").update(props.x).digest("hex")}</p>;
