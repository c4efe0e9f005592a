using System.Net;
using System.Text.Json;
using Fikspunkt.Web.Api;

namespace Fikspunkt.Web.Tests.Api;

/// <summary>Asks the API as a client does.</summary>
internal static class ApiClient
{
    public static async Task<HttpResponseMessage> Ask(this HttpClient client, string address, HttpMethod? method = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, address.StartsWith('/') ? address : $"{ApiEndpoints.Root}/{address}");
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value).ShouldBeTrue();
        }

        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public static async Task<JsonElement> Json(this HttpClient client, string address)
    {
        using var answer = await client.Ask(address);
        var text = await answer.Text();
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, $"{address}: {text[..Math.Min(500, text.Length)]}");
        return JsonDocument.Parse(text).RootElement;
    }

    public static async Task<string> Text(this HttpResponseMessage answer) => await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

    /// <summary>Checks that an answer is a problem as RFC 9457 has it, and gives it.</summary>
    public static async Task<JsonElement> Problem(this HttpResponseMessage answer, HttpStatusCode status)
    {
        var text = await answer.Text();
        answer.StatusCode.ShouldBe(status, text);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        text.ShouldNotContain("   at ");
        text.ShouldNotContain("Exception");
        var problem = JsonDocument.Parse(text).RootElement;
        problem.GetProperty("status").GetInt32().ShouldBe((int)status);
        problem.GetProperty("title").GetString().ShouldNotBeNullOrEmpty();
        problem.GetProperty("detail").GetString().ShouldNotBeNullOrEmpty();
        return problem;
    }

    public static IEnumerable<JsonElement> Rows(this JsonElement answer) => answer.GetProperty("data").EnumerateArray();

    public static string? String(this JsonElement row, string name) => row.GetProperty(name).GetString();

    public static double? Number(this JsonElement row, string name) => row.GetProperty(name) is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : null;
}
