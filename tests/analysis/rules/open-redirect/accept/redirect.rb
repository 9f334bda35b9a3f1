redirect_to root_path
redirect_to "/users/#{params[:name]}"
redirect_to user_path(params[:id])
