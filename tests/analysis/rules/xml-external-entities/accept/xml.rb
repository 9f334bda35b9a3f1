Nokogiri::XML(body)
