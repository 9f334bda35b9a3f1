app.use(cors());
app.use(cors({ origin: "https://app.internal", credentials: true }));
