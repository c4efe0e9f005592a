using System.Globalization;

namespace Fikspunkt.Reports;

/// <summary>How a report is made.</summary>
/// <param name="Culture">Language and number form: English for any English culture, else Danish.</param>
/// <param name="ScriptsFolder">The folder <c>node_modules</c> with the packages vega, vega-lite and vega-embed, whose scripts are written into the report.</param>
public sealed record ReportOptions(CultureInfo Culture, string ScriptsFolder);
