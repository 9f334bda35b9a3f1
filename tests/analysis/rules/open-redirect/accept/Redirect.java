class Redirect {
    void move(HttpServletRequest request, HttpServletResponse response) {
        response.sendRedirect("/users/" + request.getParameter("name"));
    }
}
