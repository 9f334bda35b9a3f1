class Redirect {
    void move(HttpServletRequest request, HttpServletResponse response) {
        response.sendRedirect(request.getParameter("next")); // HERE
    }
}
