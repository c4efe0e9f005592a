using Fikspunkt.Domain;
using Microsoft.AspNetCore.Http;

namespace Fikspunkt.Web.Api;

/// <summary>What went wrong, as RFC 9457 has it; never how the program is made inside.</summary>
internal static class ApiProblem
{
    public const string ContentType = "application/problem+json";

    public static Task Write(HttpContext context, int status, InputException refused) => Write(context, status, refused.Problems[0].Rule, refused.Problems[0]);

    /// <summary>Writes a problem.</summary>
    /// <param name="context">The request.</param>
    /// <param name="status">Status code.</param>
    /// <param name="title">What is wrong, in the client's language.</param>
    /// <param name="problem">The parameter, what was found there and what was expected, where there is one.</param>
    public static async Task Write(HttpContext context, int status, string title, InputProblem? problem = null)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = ContentType;
        response.Headers.CacheControl = "no-store";
        response.Headers.ETag = default;
        response.Headers.LastModified = default;
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        using var text = new MemoryStream();
        await using (var writer = JsonAnswer.Writer(text))
        {
            writer.WriteStartObject();
            writer.WriteString("type", "about:blank");
            writer.WriteString("title", title);
            writer.WriteNumber("status", status);
            writer.WriteString("detail", problem?.ToString() ?? title);
            writer.WriteString("instance", context.Request.Path.ToUriComponent());
            if (problem?.File is { } parameter)
            {
                writer.WriteString("parameter", parameter);
            }

            if (problem?.Found is { } found)
            {
                writer.WriteString("found", found);
            }

            if (problem?.Expected is { } expected)
            {
                writer.WriteString("expected", expected);
            }

            writer.WriteEndObject();
        }

        response.ContentLength = text.Length;
        await response.Body.WriteAsync(text.GetBuffer().AsMemory(0, (int)text.Length), context.RequestAborted);
    }
}
