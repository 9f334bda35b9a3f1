redirect_to params[:next] # HERE
