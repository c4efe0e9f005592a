using System.Collections.Concurrent;
using System.Globalization;
using Fikspunkt.Testing;

namespace Fikspunkt.Reports.Tests;

/// <summary>The made-up run's report in each language, rendered once.</summary>
internal static class Reports
{
    private static readonly ConcurrentDictionary<string, Lazy<string>> Rendered = new(StringComparer.Ordinal);

    public static string Scripts => RepositoryFiles.Path("web", "node_modules");

    public static string Html(string language)
    {
        Assert.SkipUnless(Directory.Exists(Scripts), "Needs the npm packages: run 'npm ci' in the folder web.");
        return Rendered.GetOrAdd(language, name => new Lazy<string>(() => HtmlReport.Render(FakeRun.Create(), FakeRun.Definitions, new ReportOptions(new CultureInfo(name), Scripts)))).Value;
    }
}
