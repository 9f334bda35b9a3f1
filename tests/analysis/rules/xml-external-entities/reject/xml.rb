Nokogiri::XML(body, nil, nil, Nokogiri::XML::ParseOptions::NOENT) # HERE
