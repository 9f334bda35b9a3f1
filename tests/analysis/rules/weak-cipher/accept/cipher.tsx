const view = <p>{createDecipheriv("aes-256-gcm", props.key, iv).final()}</p>;
