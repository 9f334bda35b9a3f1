class Paths2 {
    void serve(HttpServletRequest request) {
        new File("files/" + FilenameUtils.getBasename(request.getParameter("name")));
        new File(name);
    }
}
