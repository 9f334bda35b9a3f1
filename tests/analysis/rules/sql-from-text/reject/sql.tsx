const rows = <Rows of={db.query("SELECT * FROM users WHERE id = " + props.id)} />; // HERE
