const digest = <p>{createHash("md5").update(props.page).digest("hex")}</p>;
