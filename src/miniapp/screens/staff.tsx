import { Notice } from '../parts/notice.tsx'
import type { Place } from '../state/router.ts'
import { useApp } from '../state/use-app.ts'
import { useShopWords } from '../state/use-desk.ts'
import { AddKindScreen } from './add-kind.tsx'
import { CampaignScreen } from './campaign.tsx'
import { CampaignsScreen } from './campaigns.tsx'
import { ChangeScreen } from './change.tsx'
import { ChangesScreen } from './changes.tsx'
import { MatchingScreen } from './matching.tsx'
import { NewCampaignScreen } from './new-campaign.tsx'
import { NumbersScreen } from './numbers.tsx'
import { PreviewScreen } from './preview.tsx'
import { ShopScreen } from './shop.tsx'
import { SpentScreen } from './spent.tsx'
import { TillScreen } from './till.tsx'

/** The screens of a merchant's staff; for nobody else there is anything to see. */
export function StaffScreen({ place }: { place: Place }) {
  const { workplace } = useApp()
  const { shop: t } = useShopWords().texts
  if (!workplace.shop.value) {
    return <Notice isHead icon="lock" mood="sorry" title={t.notStaff} text={t.notStaffText} />
  }
  switch (place.screen) {
    case 'till':
      return <TillScreen code={place.code} />
    case 'spent':
      return <SpentScreen redemption={place.redemption} />
    case 'campaigns':
      return <CampaignsScreen />
    case 'campaign':
      return <CampaignScreen campaign={place.campaign} />
    case 'new-campaign':
      return <NewCampaignScreen />
    case 'add-kind':
      return <AddKindScreen campaign={place.campaign} />
    case 'change':
      return <ChangeScreen campaign={place.campaign} />
    case 'changes':
      return <ChangesScreen campaign={place.campaign} />
    case 'preview':
      return <PreviewScreen campaignId={place.campaignId} />
    case 'matching':
      return <MatchingScreen />
    case 'numbers':
      return <NumbersScreen />
    default:
      return <ShopScreen />
  }
}
