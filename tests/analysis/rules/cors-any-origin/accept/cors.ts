app.use(cors({ origin: "*" }) as Handler);
