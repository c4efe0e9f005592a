using System.Collections.Concurrent;
using System.Globalization;
using Fikspunkt.Testing;

namespace Fikspunkt.Reports.Tests;

/// <summary>The made-up run's report in each language, rendered once.</summary>
internal static class Reports
{
    private static readonly ConcurrentDictionary<string, Lazy<string>> Rendered = new(StringComparer.Ordinal);

    public static string Scripts => RepositoryFiles.Path("web", "node_modules");

    public static string Html(string language) => Html(language, published: false);

    public static string Html(string language, bool published)
    {
        Assert.SkipUnless(Directory.Exists(Scripts), "Needs the npm packages: run 'npm ci' in the folder web.");
        return Rendered.GetOrAdd(language + published, _ => new Lazy<string>(() =>
            HtmlReport.Render(published ? FakePublished.Create() : FakeRun.Create(), FakeRun.Definitions, new ReportOptions(new CultureInfo(language), Scripts)))).Value;
    }
}
