const login = <Login options={{ password: props.password }} />;
