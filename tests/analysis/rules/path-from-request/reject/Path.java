class Paths2 {
    void serve(HttpServletRequest request) {
        new File("files/" + request.getParameter("name")); // HERE
    }
}
