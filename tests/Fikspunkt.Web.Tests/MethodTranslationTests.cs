using AngleSharp;
using AngleSharp.Dom;
using Fikspunkt.Testing;
using Fikspunkt.Web.Content;
using Fikspunkt.Web.Hosting;

namespace Fikspunkt.Web.Tests;

/// <summary>The method pages in Danish say the same as the English ones, and each language's addresses show their own.</summary>
public sealed class MethodTranslationTests(SiteFixture site)
{
    /// <summary>Folder and name of every page.</summary>
    public static TheoryData<string> Names { get; } = new(NamesIn("docs"));

    [Fact]
    public void Pages_InDanish_AreThoseInEnglish() => NamesIn("docs", "da").ShouldBe(NamesIn("docs"));

    [Theory]
    [MemberData(nameof(Names))]
    public void DanishPage_HasTheBlocksFiguresCodeAndLinksOfTheEnglishOne(string name)
    {
        var folder = name[..(name.IndexOf('/', StringComparison.Ordinal) + 1)];
        var english = PageShape.Of(File.ReadAllText(RepositoryFiles.Path("docs", name)), folder, danish: false);
        var danish = PageShape.Of(File.ReadAllText(RepositoryFiles.Path("docs", "da", name)), "da/" + folder, danish: true);

        english.Differences(danish).ShouldBeEmpty(name);
    }

    [Theory]
    [InlineData("# A 1\n\nOf 1,234.5 in 2018, 0.5.", "# B 1\n\nAf 1.234,5 i 2018, 0,5.", "")]
    [InlineData("Of 1,234", "Af 1,234", "Paragraph")]
    [InlineData("Of 0.25", "Af 0.25", "decimal point")]
    [InlineData("Of 86-91 and -3", "Af 86-91 og 3", "-3 against")]
    [InlineData("Of 5 and 6", "Af 6 og 5", "5 6 against 6 5")]
    [InlineData("Of 5 and 6", "Af 5", "5 6 against 5")]
    [InlineData("doi:10.1093/restud, 2.3.1", "doi:10.1093/restud, 2.3.1", "")]
    [InlineData("Section 9.1, tables 9.1 and 9.2, 9.3", "Se afsnit 9.1, tabel 9.1 og 9.2; 9,3", "")]
    [InlineData("Section 9.1 of 2.5", "Se afsnit 9.1 af 2.5", "decimal point")]
    [InlineData("In\n2 November", "Den\n2. november", "")]
    [InlineData("|a|b|\n|-|-|\n|1|2|\n|3|4|\n", "|a|b|\n|-|-|\n|1|2|\n", "row")]
    [InlineData("|a|b|\n|-|-|\n|1.5|2|\n", "|a|b|\n|-|-|\n|1,6|2|\n", "1.5 against 1.6")]
    [InlineData("## A\n\n- b\n- c", "### A\n\n- b\n- c", "heading 2")]
    [InlineData("- b\n- c", "- b", "c")]
    [InlineData("```\n0.5\n```", "```\n0,5\n```", "0.5 against 0,5")]
    [InlineData("The `rank`", "Den `plads`", "plads")]
    [InlineData("[a](x.md) [b](../performance.md#p)", "[a](x.md) [b](../../performance.md#q)", "")]
    [InlineData("[a](x.md)", "[a](../../methods/x.md)", "(English)")]
    [InlineData("[a](x.md)", "[a](y.md)", "methods/y.md")]
    public void Differences_OfATranslation_AreFoundAndNoOthers(string english, string danish, string found)
    {
        var differences = PageShape.Of(english, "methods/", danish: false).Differences(PageShape.Of(danish, "da/methods/", danish: true)).ToList();

        if (found.Length == 0)
        {
            differences.ShouldBeEmpty();
        }
        else
        {
            string.Join('\n', differences).ShouldContain(found);
        }
    }

    [Theory]
    [InlineData("both", false, "da")]
    [InlineData("both", true, "en")]
    [InlineData("english", false, "en")]
    [InlineData("english", true, "en")]
    [InlineData("danish", true, null)]
    public void Text_ToShow_IsDanishOnlyAtDanishAddressesWhereItIsWritten(string name, bool english, string? language)
    {
        var sources = new Dictionary<string, string>(StringComparer.Ordinal) { ["both"] = "en", ["da/both"] = "da", ["english"] = "en", ["da/danish"] = "da" };

        var chosen = MethodDocuments.Choose(sources, name, english);

        chosen?.Language.ShouldBe(language);
        chosen?.Text.ShouldBe(language);
        (chosen is null).ShouldBe(language is null);
    }

    [Fact]
    public async Task MethodPage_InEachLanguage_IsThatLanguages()
    {
        foreach (var name in MethodDocuments.MethodNames)
        {
            var (danish, english) = (await Document($"/data/metode/{name}"), await Document($"/en/data/method/{name}"));

            english.QuerySelector(".document")!.GetAttribute("lang").ShouldBe("en", name);
            danish.QuerySelector(".document")!.GetAttribute("lang").ShouldBe("da", name);
            danish.Body!.TextContent.ShouldNotContain(Danish(nameof(Texts.MethodInEnglish)), customMessage: name);
            danish.QuerySelector("h1")!.TextContent.ShouldBe(Heading(RepositoryFiles.Path("docs", "da", "methods", name + ".md")));
            english.QuerySelector("h1")!.TextContent.ShouldBe(Heading(RepositoryFiles.Path("docs", "methods", name + ".md")));
            danish.QuerySelectorAll(".document a").ShouldAllBe(link => link.GetAttribute("href")!.StartsWith("/data/metode/", StringComparison.Ordinal) || link.GetAttribute("href")!.StartsWith("/maaling", StringComparison.Ordinal));
            english.QuerySelectorAll(".document a").ShouldAllBe(link => link.GetAttribute("href")!.StartsWith("/en/", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task ListOfMethods_InEachLanguage_HasThePagesTitles()
    {
        foreach (var (list, page) in ((string, string)[])[("/data", "/data/metode/"), ("/en/data", "/en/data/method/")])
        {
            var links = (await Document(list)).QuerySelectorAll($"main li a[href^='{page}']");

            links.Length.ShouldBe(MethodDocuments.MethodNames.Count());
            foreach (var link in links)
            {
                var shown = await Document(link.GetAttribute("href")!);
                link.TextContent.ShouldBe(shown.QuerySelector("h1")!.TextContent);
                link.ParentElement!.GetAttribute("lang").ShouldBe(shown.QuerySelector(".document")!.GetAttribute("lang"));
            }
        }
    }

    private static IReadOnlyList<string> NamesIn(params string[] root) =>
        [.. ((string[])[MethodDocuments.Methods, MethodDocuments.Measurements])
            .SelectMany(folder => Directory.EnumerateFiles(RepositoryFiles.Path([.. root, folder]), "*.md").Select(path => folder + Path.GetFileName(path))).Order(StringComparer.Ordinal)];

    private static string Heading(string path) => File.ReadLines(path).First()[2..].Replace("`", "", StringComparison.Ordinal);

    private static string Danish(string key) => Texts.ResourceManager.GetString(key, Languages.Danish)!;

    private async Task<IDocument> Document(string address)
    {
        var html = await site.Client.GetStringAsync(address, TestContext.Current.CancellationToken);
        return await BrowsingContext.New().OpenAsync(request => request.Content(html));
    }
}
