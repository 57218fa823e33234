using System.Globalization;
using System.Net;
using System.Text.Json;

namespace Redactor.Configuration;

/// <summary>Texts of the configuration -> values; null for what can't be read.</summary>
internal static class Parse
{
    public const string EndpointForm = "an address and a port, such as 127.0.0.1:4317 or 0.0.0.0:4317";
    public const string DurationForm = "a duration such as 500ms, 5s, 2m or 1h";
    public const string NetworkForm = "a network such as 10.0.0.0/8 or fd00::/8, or one address";
    public const string BooleanForm = "true or false";

    /// <summary>An address to listen on: <c>127.0.0.1:4317</c>, <c>[::1]:4317</c>, <c>localhost:4317</c>. A port of 0 lets the system choose.</summary>
    public static IPEndPoint? Endpoint(string text)
    {
        var colon = text.LastIndexOf(':');
        if (colon <= 0 || !ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port))
        {
            return null;
        }

        var host = text[..colon];
        var bracketed = host.StartsWith('[') && host.EndsWith(']');
        if (host == "localhost")
        {
            return new IPEndPoint(IPAddress.Loopback, port);
        }

        return host.Contains(':') == bracketed && IPAddress.TryParse(host, out var address) ? new IPEndPoint(address, port) : null;
    }

    /// <summary>A network in CIDR notation, or one address. One of IPv4 that is written as IPv6 (<c>::ffff:10.0.0.0/104</c>) is meant as IPv4, as clients are compared.</summary>
    public static IPNetwork? Network(string text)
    {
        const int MappedPrefix = 96;
        IPNetwork? network = IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
            : IPNetwork.TryParse(text, out var parsed) ? parsed : null;
        return network is { BaseAddress.IsIPv4MappedToIPv6: true, PrefixLength: >= MappedPrefix } mapped
            ? new IPNetwork(mapped.BaseAddress.MapToIPv4(), mapped.PrefixLength - MappedPrefix)
            : network;
    }

    /// <summary>A duration of at most a day.</summary>
    public static TimeSpan? Duration(string text) => DurationUpTo(TimeSpan.FromDays(1))(text);

    /// <summary>Go's notation, as the collector's: <c>500ms</c>, <c>5s</c>, <c>1m30s</c>. Longer than nothing, at most <paramref name="greatest"/>.</summary>
    public static Func<string, TimeSpan?> DurationUpTo(TimeSpan greatest) => text => ReadDuration(text) is { } value && value > TimeSpan.Zero && value <= greatest ? value : null;

    public static bool? Boolean(string text) => text switch
    {
        "true" => true,
        "false" => false,
        _ => null,
    };

    /// <summary>A whole number from <paramref name="least"/> to <paramref name="greatest"/>.</summary>
    public static Func<string, int?> Integer(int least, int greatest) => text =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= greatest ? value : null;

    /// <summary>One of the names of an enum, in lower case.</summary>
    public static T? Name<T>(string text)
        where T : struct, Enum =>
        Enum.GetValues<T>().Cast<T?>().FirstOrDefault(v => NameOf(v!.Value) == text);

    /// <summary>How the configuration writes a value of an enum.</summary>
    public static string NameOf<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    /// <summary>All names of an enum, for messages: <c>traces, metrics or logs</c>.</summary>
    public static string NamesOf<T>()
        where T : struct, Enum
    {
        var names = Enum.GetValues<T>().Select(NameOf).ToList();
        return $"{string.Join(", ", names.SkipLast(1))} or {names[^1]}";
    }

    private static TimeSpan? ReadDuration(string text)
    {
        var total = TimeSpan.Zero;
        for (var rest = text.AsSpan(); rest.Length > 0;)
        {
            var digits = rest.IndexOfAnyExceptInRange('0', '9');
            if (digits is < 1 or > 9)
            {
                return null;
            }

            var amount = int.Parse(rest[..digits], CultureInfo.InvariantCulture);
            rest = rest[digits..];
            var letters = rest.IndexOfAnyInRange('0', '9') is >= 0 and var next ? next : rest.Length;
            TimeSpan? part = rest[..letters] switch
            {
                "ms" => TimeSpan.FromMilliseconds(amount),
                "s" => TimeSpan.FromSeconds(amount),
                "m" => TimeSpan.FromMinutes(amount),
                "h" => TimeSpan.FromHours(amount),
                _ => null,
            };
            if (part is null)
            {
                return null;
            }

            total += part.Value;
            rest = rest[letters..];
        }

        return total;
    }
}
