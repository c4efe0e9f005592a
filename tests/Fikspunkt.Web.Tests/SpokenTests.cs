using System.Text.Json;

namespace Fikspunkt.Web.Tests;

/// <summary>The pages as the browser hands them to a screen reader.</summary>
public sealed class SpokenTests(SiteFixture site)
{
    private static readonly HashSet<string> Named = new(StringComparer.Ordinal)
    {
        "link", "button", "combobox", "textbox", "searchbox", "checkbox", "radio", "listbox", "slider", "spinbutton", "DisclosureTriangle", "figure", "image", "graphics-document", "table", "navigation", "heading", "columnheader", "rowheader",
    };

    [Theory]
    [InlineData("/")]
    [InlineData("/en")]
    [InlineData("/kommune/aalborg")]
    [InlineData("/en/municipality/aalborg")]
    [InlineData("/sammenlign?kommune=851&kommune=751")]
    [InlineData("/en/compare?kommune=851&kommune=751")]
    [InlineData("/maaling/ministry-2018")]
    [InlineData("/en/measurement/ministry-2018")]
    public async Task Tree_OfAPage_HasOneFirstHeadingSkipsNoLevelAndNamesEverythingThatIsUsedOrShown(string address)
    {
        var page = await site.Page();
        (await page.GotoAsync(address))!.Status.ShouldBe(200, address);
        var session = await page.Context.NewCDPSessionAsync(page);
        var tree = (await session.SendAsync("Accessibility.getFullAXTree"))!.Value;
        var nodes = tree.GetProperty("nodes").EnumerateArray().Where(node => !node.GetProperty("ignored").GetBoolean()).Select(node => (Role: Text(node, "role"), Name: Text(node, "name"), Level: Level(node))).ToList();

        var levels = nodes.Where(node => node.Role == "heading").Select(node => node.Level).ToList();
        levels.Count(level => level == 1).ShouldBe(1);
        levels.Zip(levels.Skip(1)).ShouldAllBe(pair => pair.Second <= pair.First + 1, string.Join(' ', levels));
        foreach (var landmark in (string[])["banner", "main", "contentinfo"])
        {
            nodes.Count(node => node.Role == landmark).ShouldBe(1, landmark);
        }

        var unnamed = nodes.Select((node, place) => (node.Role, node.Name, After: string.Join(" | ", nodes.Take(place).Where(before => before.Name.Length > 0).TakeLast(2).Select(before => before.Name)))).Where(node => Named.Contains(node.Role) && string.IsNullOrWhiteSpace(node.Name)).ToList();
        unnamed.ShouldBeEmpty(address);
        await page.Context.CloseAsync();
    }

    private static string Text(JsonElement node, string property) => node.TryGetProperty(property, out var value) && value.TryGetProperty("value", out var text) ? text.ToString().Trim() : "";

    private static int Level(JsonElement node) => node.TryGetProperty("properties", out var properties)
        ? properties.EnumerateArray().Where(property => property.GetProperty("name").GetString() == "level").Select(property => property.GetProperty("value").GetProperty("value").GetInt32()).FirstOrDefault()
        : 0;
}
