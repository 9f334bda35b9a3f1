app.use(cors({ origin: "*", credentials: true }) as Handler); // HERE
