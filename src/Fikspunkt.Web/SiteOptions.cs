using System.Net;

namespace Fikspunkt.Web;

/// <summary>What a server shows and how it is reached.</summary>
/// <param name="Folder">The folder with the store (<c>fikspunkt.duckdb</c>) and the published packages, at any depth of one.</param>
/// <param name="Urls">Addresses to listen on, separated by semicolons; loopback by default.</param>
public sealed record SiteOptions(string Folder, string Urls = SiteOptions.DefaultUrls)
{
    /// <summary>Only this machine.</summary>
    public const string DefaultUrls = "http://127.0.0.1:5173";

    /// <summary>Name of the store in the folder.</summary>
    public const string StoreName = "fikspunkt.duckdb";

    /// <summary>The definitions' folder; <see langword="null"/> = the program's own.</summary>
    public string? Definitions { get; init; }

    /// <summary>Whom users write to, as the accessibility and privacy pages state it (an e-mail address or a name with a telephone number); from the environment unless set.</summary>
    public string? Contact { get; init; } = Environment.GetEnvironmentVariable("FIKSPUNKT_CONTACT") is { Length: > 0 } contact ? contact : null;

    /// <summary>How many questions one client may ask the API in a minute; 0 = as many as it likes.</summary>
    public int ApiRequestsPerMinute { get; init; } = 1_200;

    /// <summary>This machine, whose proxies are believed unless told otherwise.</summary>
    public static IReadOnlyList<IPNetwork> ThisMachine { get; } = [new(IPAddress.Parse("127.0.0.0"), 8), new(IPAddress.IPv6Loopback, 128)];

    /// <summary>The proxies whose word is taken for a client's address and for TLS (<c>X-Forwarded-For</c>, <c>X-Forwarded-Proto</c>); of others the headers are ignored.</summary>
    public IReadOnlyList<IPNetwork> Proxies { get; init; } = ThisMachine;

    /// <summary>How often the folder is looked at for new figures and publications.</summary>
    public TimeSpan Refresh { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a client may take to send a request's headers.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether only warnings and faults are logged, not every request.</summary>
    public bool Quiet { get; init; }

    /// <summary>Whether others than this machine may read the server's counts under <c>/metrics</c>.</summary>
    public bool OpenMetrics { get; init; }
}
