const view = <App use={cors({ origin: "*", credentials: true })} />; // HERE
