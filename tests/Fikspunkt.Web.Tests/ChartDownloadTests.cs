using System.Text;
using System.Xml.Linq;
using ExcelDataReader;
using Microsoft.Playwright;

namespace Fikspunkt.Web.Tests;

/// <summary>Every form in which a chart can be taken home, taken by a real browser and read.</summary>
public sealed class ChartDownloadTests(SiteFixture site)
{
    [Fact]
    public async Task Downloads_OfAChart_CarryTitleSourceAndFigures()
    {
        var page = await site.Page();
        await page.GotoAsync("/");
        var figure = page.Locator("#d-rangorden");
        var title = await figure.Locator("h3").InnerTextAsync();
        var source = await figure.Locator(".source").InnerTextAsync();
        await figure.Locator(".downloads summary").ClickAsync();

        var picture = XDocument.Parse(Encoding.UTF8.GetString(await Save("button[data-save=svg]", "rangorden.svg")));
        var said = string.Join(' ', picture.Descendants().Where(node => node.Name.LocalName == "text").Select(node => node.Value));
        said.ShouldContain(title);
        said.ShouldContain(source);
        said.ShouldContain("Aarhus");

        var png = await Save("button[data-save=png]", "rangorden.png");
        png.AsSpan(0, 8).ToArray().ShouldBe([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a]);
        (BigEndian(png, 16), BigEndian(png, 20)).ShouldBe((2 * (int)(double)picture.Root!.Attribute("width")!, 2 * (int)(double)picture.Root.Attribute("height")!));

        var plain = Encoding.UTF8.GetString(await Save("a[href$='rangorden.csv']", "rangorden.csv"));
        var lines = plain.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(99);
        lines[0].ShouldContain("difference");

        var danish = await Save("a[href$='rangorden.dansk.csv']", "rangorden.csv");
        danish.AsSpan(0, 3).ToArray().ShouldBe([0xef, 0xbb, 0xbf]);
        var first = Encoding.UTF8.GetString(danish).Split('\n')[1].Split(';');
        first.Length.ShouldBe(lines[1].Split(',').Length);
        first.ShouldContain(cell => cell.Contains(','), "decimal comma");

        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        using var reader = ExcelReaderFactory.CreateReader(new MemoryStream(await Save("a[href$='.xlsx']", "rangorden.xlsx")));
        var cells = new List<object?>();
        do
        {
            while (reader.Read())
            {
                cells.AddRange(Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue));
            }
        }
        while (reader.NextResult());
        cells.OfType<string>().ShouldContain(text => text.Contains(title, StringComparison.Ordinal));
        cells.OfType<string>().ShouldContain(text => text.Contains("synthetic-denmark", StringComparison.Ordinal));
        cells.OfType<double>().ShouldNotBeEmpty();
        await page.Context.CloseAsync();

        async Task<byte[]> Save(string what, string name)
        {
            var download = await page.RunAndWaitForDownloadAsync(() => figure.Locator(what).ClickAsync());
            download.SuggestedFilename.ShouldBe(name);
            return await File.ReadAllBytesAsync((await download.PathAsync())!, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task Chart_WithKeyboardOnly_IsReachedOpenedAndTakenHome()
    {
        var page = await site.Page();
        await page.GotoAsync("/usikkerhed");
        await page.Locator("#d-tragt .chart").FocusAsync();
        (await page.EvaluateAsync<string>("() => getComputedStyle(document.activeElement).outlineStyle")).ShouldNotBe("none");

        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        (await page.Locator("#d-tragt .figures table").IsVisibleAsync()).ShouldBeTrue();
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Tab");
        var download = await page.RunAndWaitForDownloadAsync(() => page.Keyboard.PressAsync("Enter"));

        download.SuggestedFilename.ShouldBe("tragt.svg");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Chart_ThatCannotBeDrawn_ShowsItsFiguresInstead()
    {
        var page = await site.Page();
        await page.RouteAsync("**/diagram/tragt.json*", route => route.FulfillAsync(new() { Status = 500 }));
        await page.GotoAsync("/usikkerhed");
        await page.Locator("#d-tragt .chart").ScrollIntoViewIfNeededAsync();

        await Assertions.Expect(page.Locator("#d-tragt .chart")).ToContainTextAsync("kunne ikke tegnes");
        await Assertions.Expect(page.Locator("#d-tragt .figures table")).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    private static int BigEndian(byte[] bytes, int at) => System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(at));
}
