using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Fikspunkt.Domain;

namespace Fikspunkt.Cli.Commands;

/// <summary><c>--proxy ADDRESS|NETWORK</c>: other machines whose <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> are believed.</summary>
internal static class ProxyOption
{
    private const string Name = "--proxy";

    public static Option<string[]> Make() => new(Name) { Description = Texts.ServeProxyDescription, HelpName = "IP[/N]" };

    /// <summary>The networks that were written; an address is a network of one.</summary>
    /// <exception cref="InputException">One of them is neither, or is everybody.</exception>
    public static IReadOnlyList<IPNetwork> Networks(IReadOnlyList<string> given)
    {
        var wrong = given.Where(text => Network(text) is null).ToList();
        return wrong.Count == 0
            ? [.. given.Select(text => Network(text)!.Value)]
            : throw new InputException([.. wrong.Select(text => new InputProblem(Texts.ServeProxyWrong, Name, Found: text, Expected: "10.0.0.5, 10.0.0.0/24, fd00::5, fd00::/64"))]);
    }

    private static IPNetwork? Network(string text)
    {
        var parts = text.Split('/');
        if (parts.Length > 2 || !IPAddress.TryParse(parts[0], out var address) || address.IsIPv4MappedToIPv6 || (address.AddressFamily == AddressFamily.InterNetwork && address.ToString() != parts[0]))
        {
            // "10" and "010.0.0.5" are also read as addresses, but of others than the writer means.
            return null;
        }

        var bits = address.GetAddressBytes().Length * 8;
        if (parts.Length == 1)
        {
            return new IPNetwork(address, bits);
        }

        // A network of everybody would let anybody choose which client to be.
        return int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var prefix) && prefix > 0 && prefix <= bits && IPNetwork.TryParse(text, out var network) && network.BaseAddress.Equals(address)
            ? network
            : null;
    }
}
