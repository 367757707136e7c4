#pragma once

#include <string>

#include <rsasim/report/report.hpp>

namespace rsasim::report {

/// Text for HTML: & < > " ' as references, so that it is inert between tags and in attributes.
std::string escaped(const std::string& text);

/// The design and how it was studied, as HTML.
std::string design_html(const ReportInput& input);

/// Where the results come from, as HTML.
std::string provenance_html(const ReportInput& input);

}  // namespace rsasim::report
