class Ssh {
    void dial(Session session) {
        session.setConfig("StrictHostKeyChecking", "yes");
    }
}
