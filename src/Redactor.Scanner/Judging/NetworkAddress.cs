namespace Redactor.Scanning.Judging;

/// <summary>Addresses of machines.</summary>
internal static class NetworkAddress
{
    /// <summary>A hardware address that names one machine: the separators agree, and it is neither all zeros nor the broadcast address.</summary>
    public static bool IsHardwareAddress(ReadOnlySpan<byte> value)
    {
        if (value.Length != 17)
        {
            return false;
        }

        byte separator = value[2];
        int different = 0;
        for (int i = 0; i < value.Length; i++)
        {
            if (i % 3 == 2)
            {
                if (value[i] != separator)
                {
                    return false;
                }
            }
            else
            {
                different += value[i] == value[0] ? 0 : 1;
            }
        }

        return different > 0;
    }

    /// <summary>An IPv6 address: at most eight groups, <c>::</c> once at most, and either eight groups or <c>::</c>.</summary>
    public static bool IsIpv6(ReadOnlySpan<byte> value)
    {
        int groups = 0, gaps = 0, length = 0;
        for (int i = 0; i < value.Length; i++)
        {
            if (value[i] != ':')
            {
                groups += length == 0 ? 1 : 0;
                if (++length > 4)
                {
                    return false;
                }
            }
            else
            {
                gaps += i > 0 && value[i - 1] == ':' ? 1 : 0;
                length = 0;
            }
        }

        return gaps == 1 ? groups is >= 1 and <= 7 : gaps == 0 && groups == 8;
    }
}
