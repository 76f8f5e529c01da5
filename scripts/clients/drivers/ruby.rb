# Reads cases, one JSON object a line, requests each URL with Ruby and answers one line a case.
# Net::HTTP for http, open-uri for https: both ask URI#find_proxy, but Net::HTTP asks it for http whatever it requests.
require "json"
require "net/http"
require "open-uri"

$stdout.sync = true
$stderr.reopen(File::NULL)
$stdin.each_line do |line|
  test = JSON.parse(line)
  ENV.delete_if { |name, _| name.downcase.end_with?("_proxy") }
  ENV.update(test["env"])
  answer = {}
  begin
    uri = URI(test["url"])
    if uri.scheme == "https"
      uri.open(read_timeout: 10).close
    else
      Net::HTTP.get_response(uri)
    end
  rescue StandardError => e
    answer = { error: e.class.name }
  end
  puts JSON.generate(answer)
end
