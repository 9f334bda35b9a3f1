const PASSWORD: &str = env!("PASSWORD");
