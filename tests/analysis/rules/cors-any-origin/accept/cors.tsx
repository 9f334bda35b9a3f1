const view = <App use={cors({ origin: "*" })} />;
