class Ssh {
    void dial(Session session) {
        session.setConfig("StrictHostKeyChecking", "no"); // HERE
    }
}
